export const usage = `Concept Probe: are the unembedding differences of one concept parallel, of different concepts orthogonal?

Usage
  concept-probe import <list of pairs | folder>… [--save FILE.concepts.json] [list options] [--model DIR]
  concept-probe probe <concept file | list of pairs | folder>… [list options] [--model DIR [--file F] [--output O]]
                      [--seed N] [--product euclidean|causal|both] [--direction mean|normalised|principal]
                      [--ridge R] [--random-pairs N] [--permutations N] [--bootstrap N] [--include-self]
                      [--all-rows] [--compare DIR] [--json [FILE]] [--csv DIR] [--npy DIR] [--html FILE]
  concept-probe vocabulary <concept file>… --concept C [--against D] [--count N] [--npy FILE] [geometry options]
  concept-probe neighbours <concept file>… --concept C --base WORD [--count N] [geometry options]
  concept-probe find-pairs <concept file>… --concept C [--count N] [geometry options]
  concept-probe analogy <concept file>… [--concept C] [--product euclidean|causal|both] [geometry options]
  concept-probe direction <concept file>… --concept C [--npy DIR] [--safetensors FILE] [--gguf FILE [--layers N|N-M]]
                          [--product euclidean|causal|both] [geometry options]
  concept-probe cache info | clear
  concept-probe model [--model DIR [--file F] [--output O]] [--json]
  concept-probe unembedding [--model DIR [--file F] [--output O]] (--ids 1,2 | --words king,queen | --all)
                            --npy FILE
  concept-probe embed [--model DIR [--output O]] (--text S | --file lines.txt | --ids 1,2,3) [--all-positions]
                      --npy FILE
  concept-probe simulate [--concepts M] [--dimension K] [--runs R] [--steps N] [--optimizer sgd|adam|momentum]
                         [--learning-rate X] [--batch B] [--edge-probability P] [--masks all|N] [--tokens all|N]
                         [--seed S] [--threads T] [--json] [--save FILE] [--csv DIR] [--npy DIR] [more settings]
  concept-probe simulate --preset table1|table2|table3|table4|fig2|fig5|fig6|fig7 [--quick] [--runs R] [--steps N]
                         [--seed S] [--threads T] [--json] [--save FILE] [--csv DIR]
  concept-probe simulate --file FILE.simulation.json [--threads T] [--json] [--save FILE] [--csv DIR] [--npy DIR]
  concept-probe theorems [--seed S] [--json]

  --model DIR      a model folder, or an .onnx file in one; without it the embedded model
  --file F         which of several ONNX files of the folder, as onnx/model_q4.onnx; without it the most precise
  --output O       the output of the ONNX file that holds the logits, where its name and shape do not tell
  --all-rows       Cov(γ), random pairs and lists count rows that no token has too, such as a vocabulary's padding
  --tokens P       which tokens stand for a word: single (default: others do not count), first, last, mean
  list options     --tokens P as above; --no-leading-space cuts words as they are, without a space before them (Chinese,
                   Japanese, Thai …); --columns A,B two columns of a table, by name or number from 1; --no-header: the
                   first line of a table is a pair, too
  import           shows what lists of pairs hold and what of them is skipped; --save makes a concept file of it
  --product P      the inner product: both by default; causal for vocabulary, neighbours and find-pairs
  --direction D    how a concept's direction is made of its differences: their mean (default), the sum of the
                   normalised ones, or their first principal direction
  --ridge R        added to the covariance's diagonal, as a share of its mean; by default only if needed
  --random-pairs N token pairs to compare with (default 100,000; 0: none)
  --permutations N of the permutation test (default 10,000; 0: no test)
  --bootstrap N    resamples of the interval (default 2,000; 0: no interval)
  --include-self   the mean pairwise cosine counts each difference with itself, as some papers do
  --compare DIR    a second model, or another ONNX file of the first: both on the pairs that both keep
  --json           one JSON document on standard output and nothing else; with FILE (….json) into that file
  --csv DIR        the tables as CSV files
  --html FILE      a self-contained report
  --npy            a NumPy file: rows of the unembedding, hidden states, scores of the vocabulary; with probe a
                   folder for every matrix
  --safetensors F  with direction: unembedding_direction and causal_dual in one file
  --gguf FILE      with direction: a control vector for llama.cpp, of the causal dual; --layers which blocks it steers,
                   by default the last one
  --all-positions  hidden states at every position, not at the last one only
  geometry options list options, --model, --file, --output, --product, --direction, --ridge, --all-rows, --seed as
                   above, and --json for JSON on standard output
  --seed N         seed of everything random, recorded in the result (default 0)

  Settings of simulate: a learner that grows the geometry from random concepts, without any model
  --concepts M     binary concepts, 1 to 14 (default 3); --dimension K columns of both tables (default M)
  --runs R         runs with seeds S, S + 1, … (default 1), on --threads T threads (default: all cores)
  --steps N        gradient steps (default 30,000), of --batch B samples (default 100)
  --learning-rate X default 0.1, with adam 0.001; --momentum X with momentum (default 0.9)
  --masks N        only N random sets of concepts are ever hidden; --tokens N only N assignments ever occur
  --file FILE      does again what the panel or --save kept; --npy writes f, g and the heat maps of the first run
  --preset NAME    a table or figure of the paper beside our numbers; --quick with fewer runs and steps
  more settings    --mask-rate X, --edges 0-1,1-2 instead of a random graph, --conditionals 0.3,0.7,
                   --contexts 0**,1** (only these), --bias, --gradient sampled|population, --include-self,
                   --initialisation fan-in|uniform|normal|zero-f, --initial-scale X

Exit code: 0 done, 1 could not, 2 wrong usage.
`;
