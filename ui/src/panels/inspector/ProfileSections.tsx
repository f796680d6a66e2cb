/** The groups of a profile: facts, other names, accounts, wallets, breaches, relations, events, findings, place in the network, history. */
import { useState } from "react";

import type { EntityView, FactView, RelationView } from "../../generated/api";
import { EntityHistory } from "../../domain/entity/EntityHistory";
import { ConfidenceMark, EntityLink, GradeMark } from "../../domain/entity/marks";
import { ConfidenceProof, Figure, Finding, StatementProof } from "../../domain/evidence/Proof";
import { Statements } from "../../domain/evidence/Statements";
import { t, term } from "../../i18n";
import { Button, Text } from "../../shared/controls";
import { count, day, instant, score, share, short, spanText } from "../../shared/format";
import { Section } from "../../shared/layout";
import { visible } from "../../shared/text";
import styles from "./inspector.module.css";

/** Returns the first fact of each property, with how many more of it there are; a profile has the best supported one first. */
export function keyFacts(facts: readonly FactView[]): { fact: FactView; more: number }[] {
  const found = new Map<string, { fact: FactView; more: number }>();
  for (const fact of facts) {
    const before = found.get(fact.property);
    if (before === undefined) found.set(fact.property, { fact, more: 0 });
    else before.more += 1;
  }
  return [...found.values()];
}

function Facts({ facts }: { facts: FactView[] }) {
  const [all, setAll] = useState(false);
  const key = keyFacts(facts);
  const shown = all ? facts.map((fact) => ({ fact, more: 0 })) : key;
  return (
    <>
      <div className={styles.list}>
        {shown.map(({ fact, more }) => (
          <div key={`${fact.property}:${fact.canonical}:${fact.value}`} className={styles.item}>
            <Figure
              label={term("property", fact.property)}
              figure={<ConfidenceMark value={fact.confidence.score} low={fact.confidence.low} high={fact.confidence.high} />}
              beside={
                <div className={styles.fact}>
                  <span className={styles.name}>{term("property", fact.property)}</span>
                  <span className={styles.grow}>
                    <Text value={fact.span === null ? fact.value : spanText(fact.span.text)} longest={120} />
                    {more === 0 ? null : (
                      <span className={styles.muted} title={t("facts.more", { count: more })}>
                        {" "}
                        +{more}
                      </span>
                    )}
                  </span>
                </div>
              }
            >
              <p className={styles.muted}>{t("origins.count", { count: fact.origins })}</p>
              <ConfidenceProof confidence={fact.confidence} />
              <Statements ids={fact.statements} />
            </Figure>
          </div>
        ))}
      </div>
      {key.length === facts.length ? null : (
        <Button small look="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t("facts.key") : t("facts.all", { count: facts.length })}
        </Button>
      )}
    </>
  );
}

function Relation({ relation }: { relation: RelationView }) {
  const arrow = relation.direction === "out" ? "→" : relation.direction === "in" ? "←" : "↔";
  return (
    <div className={styles.item}>
      <Figure
        label={term("relation", relation.kind)}
        figure={<ConfidenceMark value={relation.score} low={relation.confidence.low} high={relation.confidence.high} />}
        beside={<EntityLink entity={relation.other} longest={36} />}
        note={
          <div className={styles.itemLine}>
            <span className={styles.muted} title={t(relation.direction === "out" ? "direction.out" : relation.direction === "in" ? "direction.in" : "direction.both")}>
              {[`${arrow} ${term("relation", relation.kind)}`, ...relation.amounts.map(visible), ...(relation.span === null ? [] : [spanText(relation.span.text)])].join(" · ")}
            </span>
            <GradeMark grade={relation.grade} />
          </div>
        }
      >
        {relation.why === "" ? null : <p className={styles.muted}>{visible(relation.why)}</p>}
        <ConfidenceProof confidence={relation.confidence} />
        <Statements ids={relation.statements} />
      </Figure>
    </div>
  );
}

interface GroupProps {
  title: string;
  relations: RelationView[];
  startOpen?: boolean;
}

function RelationGroup({ title, relations, startOpen = true }: GroupProps) {
  if (relations.length === 0) return null;
  return (
    <Section title={title} count={count(relations.length)} startOpen={startOpen}>
      <div className={styles.list}>
        {relations.map((relation) => (
          <Relation key={relation.id} relation={relation} />
        ))}
      </div>
    </Section>
  );
}

export function ProfileSections({ view }: { view: EntityView }) {
  const of = (kinds: readonly string[]) => view.relations.filter((relation) => kinds.includes(relation.other.kind));
  const grouped = ["account", "wallet", "breach"];
  const rest = view.relations.filter((relation) => !grouped.includes(relation.other.kind));
  const network: [string, string, string][] = [
    [t("network.degree"), count(view.network.degree), t("network.degree.means")],
    [t("network.influence"), score(view.network.influence), t("network.influence.means")],
    [t("network.betweenness"), share(view.network.betweenness), t("network.betweenness.means")],
    [t("network.closeness"), share(view.network.closeness), t("network.closeness.means")],
    [t("network.eigenvector"), share(view.network.eigenvector), t("network.eigenvector.means")],
    [t("network.pagerank"), share(view.network.pagerank), t("network.pagerank.means")],
    [t("network.core"), count(view.network.core), t("network.core.means")],
    [t("network.community"), count(view.network.community), t("network.community.means")],
  ];
  return (
    <>
      {view.facts.length === 0 ? null : (
        <Section title={t("facts")} count={count(view.facts.length)}>
          <Facts facts={view.facts} />
        </Section>
      )}
      {view.aliases.length === 0 ? null : (
        <Section title={t("aliases")} count={count(view.aliases.length)}>
          <div className={styles.list}>
            {view.aliases.map((alias) => (
              <div key={`${alias.property}:${alias.name}`} className={styles.item}>
                <Text value={alias.name} longest={80} /> <span className={styles.muted}>{term("property", alias.property)}</span>
                <StatementProof label={alias.name} ids={alias.statements} figure={<span className={styles.muted}>{t("statements.count", { count: alias.statements.length })}</span>} />
              </div>
            ))}
          </div>
        </Section>
      )}
      <RelationGroup title={t("accounts")} relations={of(["account"])} />
      <RelationGroup title={t("wallets")} relations={of(["wallet"])} />
      <RelationGroup title={t("breaches")} relations={of(["breach"])} />
      <RelationGroup title={t("relations")} relations={rest} />
      {view.events.length === 0 ? null : (
        <Section title={t("events")} count={count(view.events.length)} startOpen={view.events.length <= 20}>
          <div className={styles.list}>
            {view.events.slice(0, 200).map((event) => (
              <div key={event.id} className={styles.item}>
                <div className={styles.pair}>
                  <span className={styles.mono} title={`${event.start} – ${event.end} UTC`}>
                    {spanText(event.span.text)}
                  </span>
                  <span className={styles.grow}>{visible(event.text)}</span>
                  <span className={styles.muted}>{term("event", event.kind)}</span>
                </div>
                <StatementProof label={event.text} ids={event.statements} figure={<span className={styles.muted}>{t("learned", { day: day(event.learned) })}</span>} />
              </div>
            ))}
            {view.events.length > 200 ? <p className={styles.muted}>{t("events.cut", { shown: 200, all: view.events.length })}</p> : null}
          </div>
        </Section>
      )}
      {view.findings.length === 0 ? null : (
        <Section title={t("findings")} count={count(view.findings.length)}>
          <div className={styles.list}>
            {view.findings.map((finding) => (
              <Finding key={finding.id} finding={finding} />
            ))}
          </div>
        </Section>
      )}
      <Section title={t("network")} startOpen={false}>
        {network.map(([name, value, means]) => (
          <div key={name} className={styles.pair}>
            <span className={styles.name}>{name}</span>
            <Figure label={name} figure={value}>
              <p className={styles.muted}>{means}</p>
            </Figure>
          </div>
        ))}
        {view.network.broker ? <p>{t("network.broker")}</p> : null}
      </Section>
      <Section title={t("history")} count={count(view.sources.length)} startOpen={false}>
        <EntityHistory key={view.entity.id} entity={view.entity} />
        <div className={styles.list}>
          {view.sources.map((source) => (
            <div key={source.id} className={styles.item}>
              <div className={styles.itemLine}>
                <span className={styles.grow}>
                  <Text value={source.name} longest={48} />
                </span>
                <GradeMark grade={source.grade} />
              </div>
              <span className={styles.muted}>
                {term("source", source.kind)} · {t("acquired", { at: instant(source.acquired_at) })}
              </span>
            </div>
          ))}
        </div>
        <p className={styles.muted}>{t("profile.revision", { revision: short(view.revision) })}</p>
      </Section>
    </>
  );
}
