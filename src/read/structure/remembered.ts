/**
 * A function of a text that remembers what it gave for the last texts, at most two times `most` of them: a report's lines are asked for
 * again and again. Longer texts than `longest` are not kept, so that no input makes it large.
 */
export function remembered<T>(
  work: (text: string) => T,
  { most = 8192, longest = 1024 }: { most?: number; longest?: number } = {},
): (text: string) => T {
  let recent = new Map<string, T>();
  let older = new Map<string, T>();
  return (text) => {
    if (text.length > longest) return work(text);
    let known = recent.get(text);
    if (known !== undefined) return known;
    known = older.get(text) ?? work(text);
    if (recent.size >= most) {
      older = recent;
      recent = new Map();
    }
    recent.set(text, known);
    return known;
  };
}
