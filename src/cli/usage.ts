/** The command line itself is wrong: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `Concept Probe: are the unembedding differences of one concept parallel, of different concepts orthogonal?

Usage
  concept-probe probe <concept file | pair file | folder>… [--model DIR] [--seed N]
                      [--json [FILE]] [--csv DIR] [--html FILE]
  concept-probe model [--model DIR] [--json]
  concept-probe unembedding [--model DIR] (--ids 1,2 | --words king,queen | --all) --npy FILE

  --model DIR   a model folder, or an .onnx file in one; without it the embedded model
  --json        one JSON document on standard output and nothing else; with FILE (….json) into that file
  --csv DIR     the tables as CSV files
  --html FILE   a self-contained report
  --npy FILE    rows of the unembedding as a float32 NumPy array
  --seed N      seed of everything random, recorded in the result (default 0)

Exit code: 0 done, 1 could not, 2 wrong usage.
`;
