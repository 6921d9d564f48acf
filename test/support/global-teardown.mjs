export default async function globalTeardown() {
  await globalThis.parleyTestServices?.stop();
}
