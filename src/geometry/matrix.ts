/**
 * A dense row-major matrix: element (i, j) is `data[i * columns + j]`. Plain data that is cheap to send between processes.
 */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array | Float64Array;
}

/** Wraps `data` as `[rows, columns]`. @throws RangeError if the length is not `rows * columns`. */
export function matrix(rows: number, columns: number, data: Float32Array | Float64Array): Matrix {
  if (data.length !== rows * columns) {
    throw new RangeError(
      `A [${rows}, ${columns}] matrix needs ${rows * columns} values, not ${data.length}.`,
    );
  }
  return { rows, columns, data };
}

/** Row `index` as a view, not a copy. @throws RangeError if the row does not exist. */
export function row(source: Matrix, index: number): Float32Array | Float64Array {
  if (!Number.isInteger(index) || index < 0 || index >= source.rows) {
    throw new RangeError(`There is no row ${index} in a [${source.rows}, ${source.columns}] matrix.`);
  }
  return source.data.subarray(index * source.columns, (index + 1) * source.columns);
}

/** Some rows of a square matrix and the same columns, in this order. */
export function submatrix({ columns, data: from }: Matrix, places: readonly number[]): Matrix {
  const n = places.length;
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const start = places[i]! * columns;
    for (let j = 0; j < n; j++) data[i * n + j] = from[start + places[j]!]!;
  }
  return matrix(n, n, data);
}

/** Vectors of equal length as rows, `[vectors, length]`. */
export function stack(vectors: readonly Float64Array[], length: number): Matrix {
  const data = new Float64Array(vectors.length * length);
  vectors.forEach((vector, i) => {
    data.set(vector, i * length);
  });
  return matrix(vectors.length, length, data);
}
