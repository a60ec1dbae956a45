/** Seed of what is drawn at random, so that every run of the tests tries the same; TEST_SEED chooses another. */
export const seed = Number(process.env.TEST_SEED ?? 1);
