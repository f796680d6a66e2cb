/** The acts that any entity offers, the same wherever it is shown. */
import { Ellipsis } from "lucide-react";
import { useState } from "react";

import { useAnswer } from "../../api/client";
import type { EntityRefView } from "../../generated/api";
import { t } from "../../i18n";
import { Area, Button, Field, IconButton } from "../../shared/controls";
import { Dialog, DialogActs, ErrorBox, Menu, Skeleton, type MenuItem } from "../../shared/layout";
import { visible } from "../../shared/text";
import { PairCard } from "../review/PairCard";
import { judge, type Verdict } from "../review/judge";
import { useNotices } from "../state/notices";
import { useReport } from "../state/report";
import { useSelection } from "../state/selection";
import { useWorkspace } from "../state/workspace";
import { EntityPicker } from "./EntityPicker";

type Asked = { entity: EntityRefView; act: Verdict | "why" };

/** Returns the acts for an entity and the dialog they may open. */
export function useEntityActs(): { items: (entity: EntityRefView) => MenuItem[]; dialog: React.ReactNode } {
  const [asked, setAsked] = useState<Asked | null>(null);
  const { order, open } = useWorkspace.getState();
  const copy = (text: string) => {
    void navigator.clipboard.writeText(text).then(() => useNotices.getState().say(t("copied")));
  };
  const items = (entity: EntityRefView): MenuItem[] => [
    { label: t("act.open"), act: () => useSelection.getState().select(entity), keys: "Enter" },
    { label: t("act.focus"), act: () => order({ kind: "focus", id: entity.id, label: entity.label, entityKind: entity.kind }) },
    { label: t("act.expand"), act: () => order({ kind: "expand", id: entity.id, label: entity.label, entityKind: entity.kind }) },
    { label: t("act.paths"), act: () => order({ kind: "path-from", id: entity.id, label: entity.label, entityKind: entity.kind }) },
    null,
    { label: t("act.why"), act: () => setAsked({ entity, act: "why" }) },
    { label: t("act.same"), act: () => setAsked({ entity, act: "same" }) },
    { label: t("act.different"), act: () => setAsked({ entity, act: "different" }) },
    null,
    {
      label: t("act.report"),
      act: () => {
        useReport.getState().add(entity);
        open("reports");
      },
    },
    { label: t("act.copyName"), act: () => copy(visible(entity.label)) },
    { label: t("act.copyId"), act: () => copy(entity.id) },
  ];
  const dialog =
    asked === null ? null : asked.act === "why" ? (
      <WhyDialog entity={asked.entity} onClose={() => setAsked(null)} />
    ) : (
      <JudgeDialog entity={asked.entity} verdict={asked.act} onClose={() => setAsked(null)} />
    );
  return { items, dialog };
}

export function EntityMenu({ entity }: { entity: EntityRefView }) {
  const { items, dialog } = useEntityActs();
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t("acts")}>
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
        items={items(entity)}
      />
      {dialog}
    </>
  );
}

function JudgeDialog({ entity, verdict, onClose }: { entity: EntityRefView; verdict: Verdict; onClose: () => void }) {
  const [other, setOther] = useState<EntityRefView | null>(null);
  const [reason, setReason] = useState("");
  const title = t(verdict === "same" ? "act.same" : "act.different");
  return (
    <Dialog open onClose={onClose} title={title} text={t("judge.text", { label: visible(entity.label) })}>
      <EntityPicker label={t("judge.other")} chosen={other} except={entity.id} onChoose={setOther} />
      <Field label={t("reason")}>{(id) => <Area id={id} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
      <DialogActs>
        <Button onClick={onClose}>{t("cancel")}</Button>
        <Button
          look="primary"
          disabled={other === null}
          onClick={() => {
            if (other !== null) void judge(entity.id, other.id, verdict, reason.trim());
            onClose();
          }}
        >
          {title}
        </Button>
      </DialogActs>
    </Dialog>
  );
}

function WhyDialog({ entity, onClose }: { entity: EntityRefView; onClose: () => void }) {
  const [other, setOther] = useState<EntityRefView | null>(null);
  const answer = useAnswer("review.explain", { left: entity.id, right: other?.id ?? "" }, { when: other !== null });
  return (
    <Dialog open onClose={onClose} wide title={t("act.why")} text={t("why.text", { label: visible(entity.label) })}>
      <EntityPicker label={t("judge.other")} chosen={other} except={entity.id} onChoose={setOther} />
      <ErrorBox error={answer.error} />
      {other !== null && answer.isPending ? <Skeleton rows={4} /> : null}
      {answer.data === undefined ? null : (
        <div>
          <PairCard pair={answer.data.pair} />
          {answer.data.would_change.map((text) => (
            <p key={text}>{visible(text)}</p>
          ))}
        </div>
      )}
      <DialogActs>
        <Button onClick={onClose}>{t("close")}</Button>
      </DialogActs>
    </Dialog>
  );
}
