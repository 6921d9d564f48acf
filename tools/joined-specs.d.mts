export function groupsOf(files: readonly string[]): string[][];
export function planSpecs(): {
  readonly groups: ReadonlyMap<string, readonly string[]>;
  readonly alone: readonly string[];
};
