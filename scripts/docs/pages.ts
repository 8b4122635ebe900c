import { ExampleProbes } from './exampleProbes';
import { examplesClaims } from './examplesClaims';
import type { Claim } from './fillClaims';
import { guideClaims } from './guideClaims';
import { readmeClaims } from './readmeClaims';

/** A page whose decimals are computed, but for those in phrases that are settings or conventions. */
export interface Page {
  readonly path: string;
  readonly claims: readonly Claim[];
  readonly constants: readonly string[];
}

/** Every page with numbers of the example. docs/performance.md has times, which no test can repeat. */
export async function computePages(): Promise<Page[]> {
  const probes = await ExampleProbes.open();
  const example = await probes.probe();
  return [
    { path: 'README.md', claims: readmeClaims(example), constants: ['20.19'] },
    {
      path: 'docs/how-to-read-this.md',
      claims: await guideClaims(probes, example),
      constants: ['√2 ≈ 1.41', 'q < .05', '--ridge 0.01', 'lie within .001', 'has p = .03', '+ .001)'],
    },
    { path: 'examples/README.md', claims: await examplesClaims(probes, example), constants: [] },
  ];
}
