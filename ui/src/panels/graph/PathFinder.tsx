/** Finds the strongest ways between two entities and lights the chosen one. */
import { X } from "lucide-react";
import { Fragment, useEffect, useState } from "react";

import { useAnswer } from "../../api/client";
import { EntityPicker } from "../../domain/entity/EntityPicker";
import { EntityLink } from "../../domain/entity/marks";
import type { EntityRefView, PathView } from "../../generated/api";
import { t, term } from "../../i18n";
import { IconButton, Text } from "../../shared/controls";
import { score } from "../../shared/format";
import { ErrorBox } from "../../shared/layout";
import styles from "./graph.module.css";

interface PathFinderProps {
  from: EntityRefView;
  onWay: (ids: ReadonlySet<string>) => void;
  onClose: () => void;
}

const idsOf = (path: PathView): ReadonlySet<string> => new Set([...path.entities.map((entity) => entity.id), ...path.relations.map((relation) => relation.id)]);

export function PathFinder({ from, onWay, onClose }: PathFinderProps) {
  const [to, setTo] = useState<EntityRefView | null>(null);
  const [shown, setShown] = useState(0);
  const answer = useAnswer("graph.paths", { from: from.id, to: to?.id ?? "", k: 5, max_depth: 4 }, { when: to !== null });
  const paths = answer.data?.paths;

  useEffect(() => {
    const path = paths?.[shown];
    onWay(path === undefined ? new Set() : idsOf(path));
    // The caller's function changes with every drawing; only another way is news.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [paths, shown]);

  return (
    <section className={styles.paths} aria-label={t("graph.paths")}>
      <div className={styles.pathsHead}>
        {t("graph.paths")}
        <IconButton small label={t("close")} onClick={onClose}>
          <X size={14} aria-hidden />
        </IconButton>
      </div>
      <div>
        <span className={styles.step}>{t("paths.from")}</span>
        <EntityLink entity={from} longest={28} />
      </div>
      <EntityPicker
        label={t("paths.to")}
        chosen={to}
        except={from.id}
        onChoose={(entity) => {
          setTo(entity);
          setShown(0);
        }}
      />
      <ErrorBox error={answer.error} />
      {to !== null && answer.isPending ? <p className={styles.step}>{t("waiting")}</p> : null}
      {paths?.length === 0 ? <p className={styles.step}>{t("paths.none")}</p> : null}
      {paths?.map((path, index) => (
        <button key={path.relations.map((relation) => relation.id).join()} type="button" className={styles.path} aria-pressed={index === shown} onClick={() => setShown(index)}>
          <span className={styles.step}>{t("paths.strength", { score: score(path.score), steps: path.relations.length })}</span>
          {path.entities.map((entity, step) => (
            <Fragment key={entity.id}>
              {step === 0 ? null : <div className={styles.step}>↓ {term("relation", path.relations[step - 1]?.kind ?? "")}</div>}
              <div>
                <Text value={entity.label} longest={32} />
              </div>
            </Fragment>
          ))}
        </button>
      ))}
    </section>
  );
}
