/** A no of the Bot API. */
export class TelegramError extends Error {
  readonly status: number;
  readonly parameters: { retry_after?: number; migrate_to_chat_id?: number } | undefined;

  constructor(status: number, description: string, parameters?: TelegramError['parameters']) {
    super(description);
    this.status = status;
    this.parameters = parameters;
  }

  /** The answer that says it. */
  envelope() {
    return {
      ok: false,
      error_code: this.status,
      description: this.message,
      ...(this.parameters && { parameters: this.parameters }),
    };
  }
}

export const badRequest = (what: string) => new TelegramError(400, `Bad Request: ${what}`);
