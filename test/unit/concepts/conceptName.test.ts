import assert from 'node:assert/strict';
import { addConcept, renameConcept } from '../../../src/concepts/editConcepts';

describe('the name of a concept', () => {
  it('has the arrow of pairs where it is typed by hand', () => {
    const [concept] = addConcept([], ' male -> female ');
    assert.equal(concept!.name, 'male → female');
    assert.equal(renameConcept([concept!], 'male → female', 'verb => past')[0]!.name, 'verb → past');
    assert.throws(() => addConcept([concept!], 'male -> female'), /already a concept “male → female”/u);
  });

  it('keeps arrows without spaces, and the names of sets', () => {
    assert.equal(addConcept([], 'a->b')[0]!.name, 'a->b');
    assert.equal(renameConcept([{ name: 's', pairs: [] }], 's', 'a -> b', 'set')[0]!.name, 'a -> b');
  });
});
