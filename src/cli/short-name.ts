/** Services' kinds are long and few: they go by the abbreviations of the field. */
export const shortName = (service: string): string =>
  service
    .replace(/Youth Offending Service$/, 'YOS')
    .replace(/Youth Offending Team$/, 'YOT')
    .replace(/Youth Justice Service$/, 'YJS');
