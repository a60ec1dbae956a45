/** Seed of what is drawn at random, so that every run of the tests tries the same; FUZZ_SEED chooses another. */
export const seed = Number(process.env.FUZZ_SEED ?? 1);
