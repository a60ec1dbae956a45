/** A text in lines of at most so many characters, broken at blanks; a longer word stays whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A line in lines of at most so many characters; what goes on stands below where the text began. */
export function wrapLine(line: string, width: number): string[] {
  if (line.length <= width) return [line];
  const [, before = '', text = ''] = /^( +(?:\S+(?: \S+)*? {2,})?|)(.*)$/.exec(line) ?? [];
  return wrap(text, width - before.length).map(
    (one, at) => (at === 0 ? before : before.replaceAll(/\S/g, ' ')) + one,
  );
}

/** Text for people: paragraphs with lines that are too long are broken anew. */
export const wrapText = (text: string, width: number): string =>
  text
    .replaceAll(/^(?! )[^\n]+(?:\n(?! )[^\n]+)*/gm, (paragraph) =>
      paragraph.split('\n').every((line) => line.length <= width)
        ? paragraph
        : paragraph.replaceAll('\n', ' '),
    )
    .split('\n')
    .flatMap((line) => wrapLine(line, width))
    .join('\n');
