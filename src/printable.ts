/** What a terminal may take for a command, and what changes the direction or the order of letters: no text needs them. */
const commands = /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/gu;

/** A text with such characters written as "\\u001b"; line feeds and tabs stay. In JSON that is what they are anyway. */
export const printable = (text: string): string =>
  text.replaceAll(commands, (char) =>
    char === '\n' || char === '\t' ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
