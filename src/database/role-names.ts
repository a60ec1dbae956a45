/** Who may log in beside the owner, who is whoever migrates: each as far as the migrations grant it. */
export const roles = {
  /** loads and replaces inspections */
  loader: 'yot_ratings_loader',
  /** reads everything, rows of cases too */
  analyst: 'yot_ratings_analyst',
  /** reads schema analytics and nothing else */
  reader: 'yot_ratings_reader',
} as const;

export type RoleName = keyof typeof roles;

/** The role that reads schema analytics and nothing else. */
export const readerRole = roles.reader;
