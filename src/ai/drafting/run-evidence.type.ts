import { Field, Float, ID, ObjectType } from '@nestjs/graphql';
import { CutReason } from '../enums.js';

@ObjectType({ description: 'A passage that a run was given; its words stand in the request, under its number.' })
export class RunPassage {
  @Field(() => ID, { description: 'The knowledge source; it may have been deleted since.' })
  knowledgeId!: string;

  @Field(() => String, { description: 'What the source was called.' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'The heading or the question that it stands under.' })
  heading!: string | null;

  @Field(() => String, { nullable: true, description: 'The page that it was read from.' })
  url!: string | null;

  @Field(() => Float, { description: 'How well it fits the question, 0 to 1.' })
  score!: number;

  @Field(() => Boolean, { description: 'Whether the answer names it.' })
  cited!: boolean;
}

@ObjectType('CutSentence', { description: 'A sentence that was taken out of an answer before anybody saw it.' })
export class CutSentenceType {
  @Field(() => String, { description: 'The sentence. Show it as text.' })
  sentence!: string;

  @Field(() => CutReason, { description: 'Why it was taken out.' })
  why!: CutReason;
}

/** Reads what is stored of passages; what another deployment brought may be of any shape. */
export function passagesIn(stored: unknown): RunPassage[] {
  return objectsIn(stored).flatMap(({ knowledgeId, title, heading, url, score, cited }) =>
    typeof knowledgeId === 'string' && typeof title === 'string'
      ? [
          Object.assign(new RunPassage(), {
            knowledgeId,
            title,
            heading: typeof heading === 'string' ? heading : null,
            url: typeof url === 'string' ? url : null,
            score: typeof score === 'number' ? score : 0,
            cited: cited === true,
          }),
        ]
      : [],
  );
}

/** The same for the sentences that were cut. */
export function cutIn(stored: unknown): CutSentenceType[] {
  const reasons: readonly unknown[] = Object.values(CutReason);
  return objectsIn(stored).flatMap(({ sentence, why }) =>
    typeof sentence === 'string' && reasons.includes(why)
      ? [Object.assign(new CutSentenceType(), { sentence, why: why as CutReason })]
      : [],
  );
}

function objectsIn(stored: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(stored)) return [];
  return stored.filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null);
}
