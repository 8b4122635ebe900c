import { cast, model } from '../../../src/model/algebra/graphBuilder';
import { GraphRunner } from '../../../src/model/algebra/graphRunner';

/* Runs in a separate process, because ONNX Runtime checks only once whether there is a Float16Array. */

/** If this Node has none, defines one that ONNX Runtime's binding cannot read either. */
if (!('Float16Array' in globalThis))
  Object.defineProperty(globalThis, 'Float16Array', { value: class extends Int16Array {} });

const graph = () => model({ x: 'float16' }, { y: 'float32' }, [cast('x', 'y', 'float32')]);
const bits = Uint16Array.of(0x3c00, 0xc000, 0x3555);
void new GraphRunner().run('cast', graph, { x: { data: bits, dims: [3] } }).then(({ y }) => {
  console.log([...y!].join(' '));
});
