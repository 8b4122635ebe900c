/** "C0": latent concepts have no names. */
export function conceptName(concept: number): string {
  return `C${concept}`;
}

export function conceptNames(concepts: number): readonly string[] {
  return Array.from({ length: concepts }, (_, concept) => conceptName(concept));
}
