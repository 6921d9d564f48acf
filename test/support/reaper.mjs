// Waits until the test run that started it is gone, however it went, and ends the database servers that it left behind:
// those that work inside the run's own folder, and no others. Then removes the folder.
import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const folder = process.argv[2];

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** The folders that the run's servers may live in: its own, and those that root had to move out of it. */
function serverFolders() {
  const moved = ['postgres', 'redis'].map((name) => {
    try {
      return JSON.parse(read(join(folder, name, 'access.json'))).relocatedTo;
    } catch {
      return null;
    }
  });
  return [folder, ...moved.filter((path) => typeof path === 'string' && path.startsWith('/var/lib/parley/'))];
}

function leftBehind(folders) {
  const found = [];
  let numbers = [];
  try {
    numbers = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    // No /proc on this system: the servers' own pid files serve.
    for (const path of [join(folder, 'postgres/cluster/postmaster.pid'), join(folder, 'redis/data/redis.pid')]) {
      const pid = Number.parseInt(read(path), 10);
      if (pid > 0) found.push(pid);
    }
    return found;
  }
  for (const number of numbers) {
    try {
      const place = readlinkSync(`/proc/${number}/cwd`);
      if (!folders.some((one) => place === one || place.startsWith(one + sep))) continue;
      const program = basename(read(`/proc/${number}/comm`).trim());
      if (/^(postgres|redis|valkey)/.test(program)) found.push(Number(number));
    } catch {
      // It ended while we looked, or belongs to somebody else.
    }
  }
  return found;
}

async function reap() {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const folders = serverFolders();
    const pids = leftBehind(folders);
    for (const pid of pids) {
      try {
        process.kill(pid, attempt < 10 ? 'SIGTERM' : 'SIGKILL');
        if (attempt === 0) process.kill(pid, 'SIGINT'); // Postgres: do not wait for clients to leave
      } catch {
        // gone already
      }
    }
    if (pids.length === 0) {
      try {
        for (const one of folders) rmSync(one, { recursive: true, force: true });
        return;
      } catch {
        // Something still writes there; look again.
      }
    }
    await sleep(500);
  }
}

process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.stdin.resume();
process.stdin.on('error', () => void reap());
process.stdin.on('end', () => void reap());
