/** What is used of the package, which comes without types. */
declare module 'datapackage' {
  interface Resource {
    name: string;
    valid: boolean;
    errors: Error[];
    /** Whether its rows can be read: Parquet files can't. */
    tabular: boolean;
    /** Rows, each cell cast to the type of its field. Throws at the first cell, key or reference that is wrong. */
    read(options: { keyed: true; relations: true }): Promise<Record<string, unknown>[]>;
  }
  const library: {
    Package: {
      load(
        descriptor: string,
        options?: { strict?: boolean },
      ): Promise<{ valid: boolean; errors: Error[]; resources: Resource[] }>;
    };
  };
  export default library;
}
