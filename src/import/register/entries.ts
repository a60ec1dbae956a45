/** A local authority, as local-authorities.yaml has it. */
export interface AuthorityEntry extends Dated {
  name: string;
  other_names?: string[];
  ons_code: string;
  dfe_la_code?: string;
  type: string;
  region: string;
  nation: string;
  police_area: string;
}

/** A service, as services.yaml has it. */
export interface ServiceEntry {
  code: string;
  area: string;
  nation?: string;
  region?: string;
  note?: string;
  names?: ({ name: string; kind?: string } & Dated)[];
  aliases?: string[];
  local_authorities: (string | ({ name: string } & Dated))[];
}

export interface SuccessionEntry {
  predecessor: string;
  successor: string;
  on: string;
  note?: string;
}

export interface Dated {
  from?: string;
  until?: string;
}

/** What services.yaml holds. */
export interface ServicesFile {
  services: ServiceEntry[];
  successions: SuccessionEntry[];
}

/** A service's authority, by name alone or with the time. */
export const authorityOf = (one: ServiceEntry['local_authorities'][number]): { name: string } & Dated =>
  typeof one === 'string' ? { name: one } : one;
