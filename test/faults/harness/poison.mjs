// Loaded before the worker in a test's process: a statement that carries a marker ends the process, or never ends, as a bug
// in the product or in a library might. The product itself knows nothing of it.
import pg from 'pg';

const query = pg.Client.prototype.query;
const carries = (given, marker) => {
  const values = given[0]?.values ?? given[1];
  return Array.isArray(values) && JSON.stringify(values).includes(marker);
};

pg.Client.prototype.query = function (...given) {
  if (carries(given, 'POISON-EXIT')) process.exit(86);
  if (carries(given, 'POISON-HANG')) return new Promise(() => undefined);
  return query.apply(this, given);
};

// What never ends is let go of after a minute, by the process and by Postgres; a sixth of it is enough to see that, fifteen
// times.
const connect = pg.Client.prototype.connect;
pg.Client.prototype.connect = function (...given) {
  this.connectionParameters.idle_in_transaction_session_timeout = 10_000;
  return connect.apply(this, given);
};
const { setTimeout } = globalThis;
globalThis.setTimeout = Object.assign(
  (work, milliseconds, ...rest) => setTimeout(work, milliseconds === 60_000 ? 10_000 : milliseconds, ...rest),
  setTimeout,
);
