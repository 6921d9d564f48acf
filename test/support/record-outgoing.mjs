// Loaded before a server (`--import`): nothing that it starts leaves this machine, and every try is written down. It stands
// at the lowest place that JavaScript reaches, below every client library, so that nothing gets past it: names are answered
// from a list, and the addresses behind them are connected to where that list says.
import { appendFileSync } from 'node:fs';
import dns, { promises } from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { isIP } from 'node:net';

/** By host: the port of this machine that stands for it, by the port that is asked for. */
const world = JSON.parse(process.env.PRETEND_WORLD ?? '{}');
const record = (call) => appendFileSync(process.env.OUTGOING_RECORD, `${JSON.stringify(call)}\n`);

const addresses = new Map();
const names = new Map();
/** A public address for every name; whoever connects to it meant the name. */
function addressOf(name) {
  const known = addresses.get(name);
  if (known !== undefined) return known;
  const made = `44.0.${addresses.size >> 8}.${addresses.size & 255}`;
  addresses.set(name, made);
  names.set(made, name);
  return made;
}

const lookUp = dns.lookup;
dns.lookup = (name, options, callback) => {
  const done = typeof options === 'function' ? options : callback;
  const given = typeof options === 'object' && options !== null ? options : {};
  if (name === 'localhost' || isIP(name) !== 0) return lookUp(name, given, done);
  const address = addressOf(name.toLowerCase());
  setImmediate(() => (given.all === true ? done(null, [{ address, family: 4 }]) : done(null, address, 4)));
  return undefined;
};
promises.lookup = async (name, options) =>
  options?.all === true
    ? [{ address: addressOf(name.toLowerCase()), family: 4 }]
    : { address: addressOf(name.toLowerCase()), family: 4 };

// Questions to name servers go past `lookup`; the servers are those of the machine.
const unknown = (name) => Object.assign(new Error(`${name} is not known`), { code: 'ENOTFOUND' });
for (const method of Object.getOwnPropertyNames(dns.Resolver.prototype).filter((one) =>
  /^(resolve|reverse)/.test(one),
)) {
  dns.Resolver.prototype[method] = (name, ...rest) => {
    record({ asked: name });
    setImmediate(() => rest.at(-1)(unknown(name)));
  };
  promises.Resolver.prototype[method] = async (name) => {
    record({ asked: name });
    throw unknown(name);
  };
}
syncBuiltinESMExports();

const { TCP } = process.binding('tcp_wrap');
for (const method of ['connect', 'connect6']) {
  const connect = TCP.prototype[method];
  TCP.prototype[method] = function (request, address, port) {
    if (/^(127\.|::1$|::ffff:127\.)/.test(address)) return connect.call(this, request, address, port);
    const host = names.get(address) ?? address;
    record({ host, port });
    // Port 1 is nobody's: whoever is not in the world does not answer.
    return TCP.prototype.connect.original.call(this, request, '127.0.0.1', world[host]?.[port] ?? 1);
  };
  TCP.prototype[method].original = connect;
}
const { UDP } = process.binding('udp_wrap');
for (const method of ['send', 'send6', 'connect', 'connect6'])
  UDP.prototype[method] = () => {
    record({ datagram: method });
    return -101;
  };
