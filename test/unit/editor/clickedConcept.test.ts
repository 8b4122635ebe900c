import assert from 'node:assert/strict';
import { ClickedConcept } from '../../../src/editor/views/clickedConcept';
import type { ConceptNode, PairNode } from '../../../src/editor/views/conceptTreeNodes';

const node = (concept: string, section: ConceptNode['section'] = 'concepts'): ConceptNode => ({
  ...({ kind: 'concept', index: 0, concept, section } as const),
  id: `${section} ${concept}`,
});
const [male, plural] = ['male → female', 'singular → plural'].map((name) => node(name)) as [
  ConceptNode,
  ConceptNode,
];
const pair: PairNode = {
  ...{ kind: 'pair', id: 'pair', section: 'concepts', concept: male.concept, position: 0, parent: male },
  pair: { base: 'king', target: 'queen' },
};

describe('a clicked concept', () => {
  it('is the only selected row, not a pair or a set of contexts', () => {
    const clicked = new ClickedConcept();
    assert.equal(clicked.selected([male]), male.concept);
    assert.equal(clicked.selected([plural]), plural.concept);
    assert.equal(clicked.selected([pair]), undefined);
    assert.equal(clicked.selected([male]), male.concept);
    assert.equal(clicked.selected([plural, male]), undefined);
    assert.equal(clicked.selected([node('girls', 'contextSets')]), undefined);
  });

  it('is not one that a rebuilt tree selects again', () => {
    const clicked = new ClickedConcept();
    clicked.selected([male]);
    assert.equal(clicked.selected([]), undefined);
    assert.equal(clicked.selected([male]), undefined);
  });

  it('is one that is selected and expands or collapses, as a second click does', () => {
    const clicked = new ClickedConcept();
    assert.equal(clicked.toggled(male, [male]), male.concept);
    assert.equal(clicked.toggled(plural, [male]), undefined, 'by its arrow');
    assert.equal(clicked.toggled(male, [male, plural]), undefined);
    assert.equal(clicked.toggled(male, []), undefined);
  });
});
