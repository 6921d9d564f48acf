/** One file of a form: the only part of that name. Null where the body is no such form. */
export async function filePart(contentType: string, body: unknown, field = 'file'): Promise<File | null> {
  if (!/^multipart\/form-data\s*;/i.test(contentType) || !Buffer.isBuffer(body)) return null;
  const answer = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
  // It holds the whole form in memory, which is what advises against it; this one is bounded, and there already.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const parts = await answer.formData().catch(() => null);
  const files = parts?.getAll(field) ?? [];
  const [file] = files;
  return files.length === 1 && file instanceof File ? file : null;
}
