/* Concepts of examples/royalty.concepts.json. */
export const gender = 'male → female';
export const plural = 'singular → plural';
export const comparative = 'adjective → comparative';
export const past = 'verb → past';
export const ing = 'verb → -ing';
export const capital = 'small letter → capital';
export const opposite = 'positive → negative';
export const control = 'French → German';
