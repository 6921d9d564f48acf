/** The request to the control API makes no sense; the message says why. */
export class BadRequest extends Error {
  readonly status = 400;
}

/** What the request names is not there. */
export class NotFound extends Error {
  readonly status = 404;
}
