interface SentPart {
  role: 'system' | 'user' | null;
  text: string;
}

/** What left for a model, message by message as it was, and the settings that went along as they were. */
export function sentParts(request: unknown): SentPart[] {
  if (typeof request !== 'object' || request === null) return [{ role: null, text: String(request) }];
  const { messages, ...rest } = request as { messages?: unknown };
  const said = Array.isArray(messages)
    ? messages.map((message: unknown): SentPart => {
        const { role, content } = (message ?? {}) as { role?: unknown; content?: unknown };
        const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
        return role === 'system' || role === 'user' ? { role, text } : { role: null, text: `${String(role)}: ${text}` };
      })
    : [];
  const around = messages === undefined || Array.isArray(messages) ? rest : request;
  return Object.keys(around).length === 0 ? said : [...said, { role: null, text: JSON.stringify(around, null, 2) }];
}
