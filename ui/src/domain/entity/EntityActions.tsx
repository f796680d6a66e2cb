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
import { useOpenCase } from "../case/session";
import { copyText } from "../state/Copied";
import { useReport } from "../state/report";
import { useSelection } from "../state/selection";
import { useWorkspace } from "../state/workspace";
import { EntityPicker } from "./EntityPicker";
import { EraseDialog } from "./EraseDialog";
import { SplitDialog } from "./SplitDialog";

type Asked = { entity: EntityRefView; act: Verdict | "why" | "split" | "erase" };

/** Returns the acts for an entity and the dialog they may open. */
export function useEntityActs(): { items: (entity: EntityRefView) => MenuItem[]; dialog: React.ReactNode } {
  const [asked, setAsked] = useState<Asked | null>(null);
  const writable = useOpenCase()?.writable === true;
  const { order, open } = useWorkspace.getState();
  const items = (entity: EntityRefView): MenuItem[] => [
    { label: t("act.open"), act: () => useSelection.getState().select(entity), keys: "Enter" },
    { label: t("act.focus"), act: () => order({ kind: "focus", id: entity.id, label: entity.label, entityKind: entity.kind }) },
    { label: t("act.expand"), act: () => order({ kind: "expand", id: entity.id, label: entity.label, entityKind: entity.kind }) },
    { label: t("act.paths"), act: () => order({ kind: "path-from", id: entity.id, label: entity.label, entityKind: entity.kind }) },
    null,
    { label: t("act.why"), act: () => setAsked({ entity, act: "why" }) },
    { label: t("act.same"), act: () => setAsked({ entity, act: "same" }) },
    { label: t("act.different"), act: () => setAsked({ entity, act: "different" }) },
    { label: t("act.split"), act: () => setAsked({ entity, act: "split" }), disabled: !writable },
    null,
    {
      label: t("act.report"),
      act: () => {
        useReport.getState().add(entity);
        open("reports");
      },
    },
    { label: t("act.copyName"), act: () => void copyText(visible(entity.label)) },
    { label: t("act.copyId"), act: () => void copyText(entity.id) },
    null,
    { label: t("act.erase"), act: () => setAsked({ entity, act: "erase" }), disabled: !writable },
  ];
  const close = () => setAsked(null);
  const dialog = asked === null ? null : <ActDialog asked={asked} onClose={close} />;
  return { items, dialog };
}

function ActDialog({ asked: { entity, act }, onClose }: { asked: Asked; onClose: () => void }) {
  switch (act) {
    case "why":
      return <WhyDialog entity={entity} onClose={onClose} />;
    case "split":
      return <SplitDialog entity={entity} onClose={onClose} />;
    case "erase":
      return <EraseDialog target={entity.id} label={entity.label} onClose={onClose} />;
    default:
      return <JudgeDialog entity={entity} verdict={act} onClose={onClose} />;
  }
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
