/** When an inspection's fieldwork was, as exactly as it is known: a day, or a month; "-" when it is not. */
export const fieldwork = ({
  fieldwork_start,
  fieldwork_precision,
}: {
  fieldwork_start: string | null;
  fieldwork_precision: string;
}): string => (fieldwork_precision === 'month' ? fieldwork_start?.slice(0, 7) : fieldwork_start) ?? '-';
