export type Nested = readonly (readonly number[])[];

/** Concept × concept mean cosines of unembedding steering vectors, of embedding ones, and between the two. */
export type ConceptMaps = Readonly<Record<'unembedding' | 'embedding' | 'cross', Nested>>;

/** What a run looked like after some of its steps. */
export interface Moment {
  readonly step: number;
  readonly maps: ConceptMaps;
  /** As in a `RunResult`. */
  readonly unembeddings: Nested | null;
}

/** Limit on the numbers in all moments of a run: half a megabyte of JSON. */
const mostNumbers = 50_000;

/** Keeps moments of a run, evenly spaced over the points of its curve, within the limit. */
export class Moments {
  readonly #kept: Moment[] = [];

  /** @param points of the curve, including the first */
  constructor(private readonly points: number) {}

  /** @param point from 0 */
  offer(point: number, moment: () => Moment): void {
    const [first] = this.#kept;
    const most = first ? Math.max(2, Math.floor(mostNumbers / numbersOf(first))) : 1;
    const every = Math.ceil(this.points / most);
    if (!first || point % every === 0) this.#kept.push(rounded(moment()));
  }

  get kept(): readonly Moment[] {
    return this.#kept;
  }
}

function numbersOf({ maps, unembeddings }: Moment): number {
  const count = (table: Nested): number => table.reduce((sum, row) => sum + row.length, 0);
  const tables = [...Object.values(maps), unembeddings ?? []];
  return tables.reduce((sum, table) => sum + count(table), 0);
}

/** Six digits are more than a picture shows. */
function rounded({ step, maps, unembeddings }: Moment): Moment {
  const round = (table: Nested): Nested =>
    table.map((row) => row.map((value) => Number(value.toPrecision(6))));
  const { unembedding, embedding, cross } = maps;
  return {
    step,
    maps: { unembedding: round(unembedding), embedding: round(embedding), cross: round(cross) },
    unembeddings: unembeddings && round(unembeddings),
  };
}
