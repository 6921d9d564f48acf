/** A catalog of another language: the same keys, and at each word that counts the forms that its plurals have. */
export type Words<English> = {
  [Key in keyof English]: English[Key] extends string ? string : Words<English[Key]>;
} & {
  [
    Key in keyof English as Key extends `${infer Name}_other` ? `${Name}_${'zero' | 'two' | 'few' | 'many'}` : never
  ]: string;
};
