const words = 'assessment planning delivery reviewing partnership ';
const worn =
  'assezsment asxessment plxnning plannning delixery dexivery revixwing rexiewing partnxrship pxrtnership';

/** Lines that show that many characters of a report are damaged: ten words that are a letter from a frequent one. */
export const wornLines: string[] = [`${words.repeat(40).trim()}.`, `${worn}.`];
