// Controls, format, private and unassigned characters; marks of variation beyond those of emoji; letters that show nothing.
const invisible =
  /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]|[\ufe00-\ufe0e\u{e0100}-\u{e01ef}\u115f\u1160\u2800\u3164\uffa0]|\u17b4|\u17b5/gu;
// The joiners belong to emoji and to scripts that bind letters; elsewhere they only hide something.
const idleJoiner =
  /(?<![^\p{Script=Latin}\p{N}\p{P}\p{Z}\p{C}])[\u200c\u200d]+|[\u200c\u200d]+(?![^\p{Script=Latin}\p{N}\p{P}\p{Z}\p{C}])/gu;

/** A text without what nobody sees: machines read it, and people are told things by it that they cannot check. */
export function cutInvisible(text: string): string {
  return text.replace(invisible, '').replace(idleJoiner, '');
}
