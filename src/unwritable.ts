/** Why a file or a folder can't be written, by the system's code for it, in words that say what to do. */
export const unwritable: Readonly<Record<string, string>> = {
  ENOENT: 'the folder that it would lie in is not there: make it, or correct the path',
  ENOTDIR: 'what it would lie in is no folder',
  EISDIR: 'it is a folder: name a file in it',
  EACCES: 'it may not be written to',
  EPERM: 'it may not be written to',
  EROFS: 'it may not be written to',
  ENOSPC: 'the disk is full',
};
