import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Tells a process from a later one with its number, where the system says when it started. */
function startOf(pid) {
  const stat = read(`/proc/${pid}/stat`);
  return stat === null ? '' : (stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '');
}

function isHeld(holder) {
  try {
    const { pid, start } = JSON.parse(holder);
    process.kill(pid, 0);
    return startOf(pid) === start;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Does the work while no other process does work under this lock; waits for one that does. */
export async function withLock(path, onWait, work) {
  const own = `${path}.${randomUUID()}`;
  const content = JSON.stringify({ pid: process.pid, start: startOf(process.pid), token: own });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(own, content);
  try {
    for (let waited = false; ;) {
      try {
        linkSync(own, path);
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
        const holder = read(path);
        if (holder === null) continue;
        if (isHeld(holder)) {
          if (!waited) onWait();
          waited = true;
          await sleep(200);
          continue;
        }
        // Its process is gone. Two of us may see that at once, so look whether what was moved away was the dead one.
        const aside = `${own}.stale`;
        try {
          renameSync(path, aside);
          if (read(aside) !== holder) linkSync(aside, path);
        } catch {
          // The other one was faster; try again.
        }
        rmSync(aside, { force: true });
        continue;
      }
      await sleep(20);
      if (read(path) === content) break;
    }
    try {
      return await work();
    } finally {
      if (read(path) === content) rmSync(path, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
}
