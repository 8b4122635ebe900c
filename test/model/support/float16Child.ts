import { cast, model } from '../../../src/model/algebra/graphBuilder';
import { GraphRunner } from '../../../src/model/algebra/graphRunner';

/* Run in a process of its own: ONNX Runtime looks once whether there is a Float16Array. */

/** Where this Node has none, one that ONNX Runtime's binding cannot read either. */
if (!('Float16Array' in globalThis))
  Object.defineProperty(globalThis, 'Float16Array', { value: class extends Int16Array {} });

const graph = () => model({ x: 'float16' }, { y: 'float32' }, [cast('x', 'y', 'float32')]);
const bits = Uint16Array.of(0x3c00, 0xc000, 0x3555);
void new GraphRunner().run('cast', graph, { x: { data: bits, dims: [3] } }).then(({ y }) => {
  console.log([...y!].join(' '));
});
