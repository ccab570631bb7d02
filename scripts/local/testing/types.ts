/** What a suite came to. `skipped` says why it did not run at all. */
export type SuiteResult = {
  suite: string;
  passed: number;
  failed: number;
  seconds: number;
  skipped?: string;
};

export type SuiteName = "db" | "db-legacy" | "rights" | "functions" | "races" | "e2e";

export type Suite = {
  name: SuiteName;
  /** Where its files are; a path given on the command line chooses by it. */
  folder: string;
  /** Cannot run without a real PostgreSQL. */
  needsServer: boolean;
};

export const SUITES: readonly Suite[] = [
  { name: "db", folder: "tests/db", needsServer: true },
  { name: "db-legacy", folder: "tests/db", needsServer: true },
  { name: "functions", folder: "tests/functions", needsServer: false },
  { name: "rights", folder: "tests/rights", needsServer: true },
  { name: "races", folder: "tests/races", needsServer: true },
  { name: "e2e", folder: "tests/e2e", needsServer: false },
];
