/** What was written to a lead and not sent yet, and the key under which it goes out once. */
export interface UnsentReply {
  readonly text: string;
  readonly key: string;
}

/** Kept while the page is open: whoever looks at another lead meanwhile finds their words again. */
class UnsentReplies {
  private readonly byLead = new Map<string, UnsentReply>();

  of(leadId: string): UnsentReply {
    return this.byLead.get(leadId) ?? { text: '', key: crypto.randomUUID() };
  }

  /** Other words are another message: they go out under a key of their own. */
  write(leadId: string, text: string): UnsentReply {
    return this.keep(leadId, { text, key: crypto.randomUUID() });
  }

  sent(leadId: string): UnsentReply {
    this.byLead.delete(leadId);
    return this.of(leadId);
  }

  private keep(leadId: string, unsent: UnsentReply): UnsentReply {
    this.byLead.set(leadId, unsent);
    return unsent;
  }
}

export const unsentReplies = new UnsentReplies();
