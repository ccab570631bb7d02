import type { RunningServer } from "../../../scripts/local/server/index.ts";

export type Goal = { least?: number; most?: number; text: string };

/** One line of the table: what was measured, against what, and how far from the goal. */
export type Figure = {
  measured: string;
  against: string;
  value: number;
  /** Lowest and highest of the rounds; absent where there is one measurement. */
  spread?: [number, number];
  unit: "ratio" | "ms" | "s" | "count";
  /** None for a figure that only stands beside another one. */
  goal?: Goal;
  /** The absolute numbers behind the ratio. */
  absolute: string;
};

export type RowResult = { figures: Figure[]; notes: string[] };

export type Bench = {
  server: RunningServer;
  quick: boolean;
  log: (line: string) => void;
  /** The first in a full run, the second with --quick. */
  pick: <T>(full: T, quick: T) => T;
};

export type Row = {
  name: string;
  title: string;
  /** How it is measured: one or two sentences of the report. */
  method: string;
  run: (bench: Bench) => Promise<RowResult>;
};

/** The row cannot run here; the message is the reason, in words for the report. */
export class NotRun extends Error {
  override name = "NotRun";
}

export const CLIENTS = 16;
