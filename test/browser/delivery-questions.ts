/** What a customer asks, what the business teaches about it, and what a model makes of that. */
export const question = 'What does delivery cost, and how long does delivery take?';
export const pairs = [
  ['What does delivery cost?', 'Delivery costs 3 EUR. Delivery is free over 50 EUR.'],
  ['How long does delivery take?', 'Delivery takes 2 days.'],
] as const;
export const whole = 'Delivery costs 3 EUR. Delivery is free over 50 EUR. Delivery takes 2 days.';
