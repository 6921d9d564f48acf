/** A question of a customer to a shop, whose knowledge is `shop.<language>.md` beside it. */
export interface ShopQuestion {
  readonly language: 'en' | 'tr';
  readonly question: string;
  /** The sections whose passage answers it; none: nothing in the knowledge does, and no answer may be given. */
  readonly sections: readonly string[];
}

export const en = (question: string, ...sections: string[]): ShopQuestion => ({ language: 'en', question, sections });
export const tr = (question: string, ...sections: string[]): ShopQuestion => ({ language: 'tr', question, sections });
