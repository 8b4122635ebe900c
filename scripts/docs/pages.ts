import { categoryClaims } from './categoryClaims';
import { conclusionClaims } from './conclusionClaims';
import { contextClaims } from './contextClaims';
import { ExampleProbes, type Example } from './exampleProbes';
import { examplesClaims } from './examplesClaims';
import type { Claim } from './fillClaims';
import { guideClaims, productClaims } from './guideClaims';
import { comparisonClaims, directionClaims, vocabularyClaims } from './mapClaims';
import { readmeClaims } from './readmeClaims';
import { simulatorClaims } from './simulatorClaims';

/** A page whose decimals are computed, except in phrases that are settings or conventions. */
export interface Page {
  readonly path: string;
  readonly claims: readonly Claim[];
  readonly constants: readonly string[];
}

interface PageSource {
  readonly claims: (probes: ExampleProbes, example: Example) => readonly Claim[] | Promise<readonly Claim[]>;
  readonly constants?: readonly string[];
}

/** Pages with numbers from the examples. The pages about performance contain times, which no test can reproduce. */
const sources: Readonly<Record<string, PageSource>> = {
  'README.md': { claims: (_, example) => readmeClaims(example), constants: ['20.19'] },
  'docs/how-to-read-this.md': { claims: guideClaims, constants: ['√2 ≈ 1.41', 'q < .05', 'q ≥ .05'] },
  'docs/inner-products.md': { claims: productClaims, constants: ['--ridge 0.01'] },
  'docs/across-concepts.md': { claims: directionClaims, constants: ['q < .05'] },
  'docs/vocabulary.md': { claims: vocabularyClaims, constants: ['+ 0.001)'] },
  'docs/categories.md': { claims: categoryClaims },
  'docs/contexts.md': { claims: contextClaims },
  'docs/comparing-models.md': { claims: comparisonClaims },
  'docs/simulator.md': { claims: simulatorClaims },
  'docs/what-not-to-conclude.md': {
    claims: conclusionClaims,
    constants: ['lie within 0.001', 'has p = .03'],
  },
  'examples/README.md': { claims: examplesClaims },
};

export const computedPages: readonly string[] = Object.keys(sources);

/** Computes the numbers of all pages. */
export async function computePages(): Promise<Page[]> {
  const probes = await ExampleProbes.open();
  const example = await probes.probe();
  const pages: Page[] = [];
  for (const [path, { claims, constants = [] }] of Object.entries(sources))
    pages.push({ path, claims: await claims(probes, example), constants });
  return pages;
}
