/** The bundles that people have read of reports which lie in a folder `shared` beside the repository, with the names of the reports. */
export const reports = [
  ['barnet-2022-05', 'barnet-2022-05.txt'],
  ['essex-2018-10', 'essex-2018.txt'],
  ['kensington-and-chelsea-2021-03', 'kensington-and-chelsea-2021-03.txt'],
] as const;
