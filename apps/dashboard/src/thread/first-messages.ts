/** The newest messages of a conversation: whoever asks for them so is answered by one and the same reading. */
export const firstMessages = (id: string) => ({ id, first: 50, after: null });
