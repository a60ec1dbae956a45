/** What a terminal obeys (escape sequences), turns round (bidirectional marks), or shows as nothing or as a blank that is another. */
const unseen = /(?! )[\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{Default_Ignorable_Code_Point}]/gu;

const named: Record<string, string> = { '\t': '\\t', '\r': '\\r', '\n': '\\n' };

const writtenOut = (character: string): string =>
  named[character] ?? `\\u{${(character.codePointAt(0) as number).toString(16)}}`;

/**
 * Text with whatever of it a terminal would obey or hide written out: \u{1b} for an escape character. Line breaks stay. Text
 * of files and of databases may say anything, and must not say it to the terminal.
 */
export const visible = (text: string): string =>
  text.replaceAll(unseen, (one) => (one === '\n' ? one : writtenOut(one)));

/** The same in one line: line breaks are written out too. */
export const visibleLine = (text: string): string => text.replaceAll(unseen, writtenOut);

/** JSON that a terminal shows as it is: the same value, with such characters escaped. */
export const visibleJson = (json: string): string =>
  json.replaceAll(unseen, (one) =>
    one === '\n'
      ? one
      : one
          .split('')
          .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
          .join(''),
  );
