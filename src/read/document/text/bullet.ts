const sign = /^[-*+•·▪●○◦‣⁃–—■□➢➤✓✔\uE000-\uE00F\uE013-\uF8FF]\s+(?=\S)|^[•▪](?=\p{Lu})/u;
/** "3.", "b)", "iv.", and "l0.", whose digit has become a letter. */
const number = /^(?:\d{1,3}|[a-z]|[ivx]{1,4}|\d[a-z]|[a-z]\d)[.)]{1,2}\s+(?=\S)/i;

/** Whether a text begins with a bullet or with a number of a list ("3.", "b)"), and the text without the bullet. */
export function withoutBullet(text: string): { text: string; bullet: boolean } {
  const start = text.trimStart();
  const found = sign.exec(start);
  const rest = found ? start.slice(found[0].length) : start;
  return { text: rest, bullet: found !== null || number.test(rest) };
}
