/** A template with the values that there are so far; places that are still empty stay visible. */
export function filledIn(body: string, values: readonly string[]): string {
  return body.replace(/\{\{(\d{1,3})\}\}/gu, (whole, place: string) => values[Number(place) - 1] || whole);
}
