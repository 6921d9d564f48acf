// Loaded before a server in a test's process: it waits 2.5 s for a platform where the product waits 20 s, so that thousands
// of sends, of which one in fifty never gets its answer, end in minutes. What follows a wait that was in vain is the
// product's own.
const timeout = AbortSignal.timeout.bind(AbortSignal);
AbortSignal.timeout = (milliseconds) => timeout(milliseconds === 20_000 ? 2_500 : milliseconds);
