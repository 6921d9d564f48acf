/**
 * Declares the steps of one walk, in their order: what stands on a step that failed would only wait in vain, and says so.
 */
export function steps(milliseconds = 60_000): (name: string, walk: () => Promise<void>) => void {
  let stumbled = false;
  return (name, walk) =>
    it(
      name,
      async () => {
        if (stumbled) throw new Error('An earlier step failed.');
        stumbled = true;
        await walk();
        stumbled = false;
      },
      milliseconds,
    );
}
