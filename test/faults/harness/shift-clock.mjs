// Loaded before the server in a test's process: its clock is wrong by CLOCK_SHIFT_MS, as that of a machine without time
// service. Timers run on; only what the time of day is changes.
const shift = Number(process.env.CLOCK_SHIFT_MS ?? 0);
const RealDate = globalThis.Date;

class ShiftedDate extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + shift);
    else super(...given);
  }

  static now() {
    return RealDate.now() + shift;
  }
}

globalThis.Date = ShiftedDate;
