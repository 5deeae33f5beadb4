from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.claim_dx_system_type_0 import check_claim_dx_system_type_0
from ..models.claim_dx_system_type_0 import ClaimDxSystemType0
from ..models.claim_form_type_0 import check_claim_form_type_0
from ..models.claim_form_type_0 import ClaimFormType0
from ..types import UNSET, Unset
from typing import cast
import datetime

if TYPE_CHECKING:
  from ..models.claim_earlier_payer import ClaimEarlierPayer
  from ..models.claim_facts_type_0 import ClaimFactsType0
  from ..models.claim_line import ClaimLine
  from ..models.claim_patient import ClaimPatient
  from ..models.claim_payer import ClaimPayer
  from ..models.claim_provider import ClaimProvider





T = TypeVar("T", bound="Claim")



@_attrs_define
class Claim:
    """ One claim. `whole_day` says that the lines are all that was done for the patient on their days.

    `received` is the day on which the payer receives it.

     """

    lines: list[ClaimLine]
    claim: None | str | Unset = UNSET
    form: ClaimFormType0 | None | Unset = UNSET
    frequency: None | str | Unset = UNSET
    bill_type: None | str | Unset = UNSET
    original_claim: None | str | Unset = UNSET
    patient: ClaimPatient | None | Unset = UNSET
    provider: ClaimProvider | None | Unset = UNSET
    payer: ClaimPayer | None | Unset = UNSET
    diagnoses: list[str] | None | Unset = UNSET
    dx_system: ClaimDxSystemType0 | None | Unset = UNSET
    prior_auth: None | str | Unset = UNSET
    earlier_payers: list[ClaimEarlierPayer] | None | Unset = UNSET
    referral: None | str | Unset = UNSET
    attachment: None | str | Unset = UNSET
    note: None | str | Unset = UNSET
    onset: datetime.date | None | Unset = UNSET
    initial_treatment: datetime.date | None | Unset = UNSET
    accident: datetime.date | None | Unset = UNSET
    last_seen: datetime.date | None | Unset = UNSET
    received: datetime.date | None | Unset = UNSET
    whole_day: bool | None | Unset = UNSET
    facts: ClaimFactsType0 | None | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.claim_earlier_payer import ClaimEarlierPayer # noqa: PLC0415
        from ..models.claim_facts_type_0 import ClaimFactsType0 # noqa: PLC0415
        from ..models.claim_line import ClaimLine # noqa: PLC0415
        from ..models.claim_patient import ClaimPatient # noqa: PLC0415
        from ..models.claim_payer import ClaimPayer # noqa: PLC0415
        from ..models.claim_provider import ClaimProvider # noqa: PLC0415
        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)



        claim: None | str | Unset
        if isinstance(self.claim, Unset):
            claim = UNSET
        else:
            claim = self.claim

        form: None | str | Unset
        if isinstance(self.form, Unset):
            form = UNSET
        elif isinstance(self.form, str):
            form = self.form
        else:
            form = self.form

        frequency: None | str | Unset
        if isinstance(self.frequency, Unset):
            frequency = UNSET
        else:
            frequency = self.frequency

        bill_type: None | str | Unset
        if isinstance(self.bill_type, Unset):
            bill_type = UNSET
        else:
            bill_type = self.bill_type

        original_claim: None | str | Unset
        if isinstance(self.original_claim, Unset):
            original_claim = UNSET
        else:
            original_claim = self.original_claim

        patient: dict[str, Any] | None | Unset
        if isinstance(self.patient, Unset):
            patient = UNSET
        elif isinstance(self.patient, ClaimPatient):
            patient = self.patient.to_dict()
        else:
            patient = self.patient

        provider: dict[str, Any] | None | Unset
        if isinstance(self.provider, Unset):
            provider = UNSET
        elif isinstance(self.provider, ClaimProvider):
            provider = self.provider.to_dict()
        else:
            provider = self.provider

        payer: dict[str, Any] | None | Unset
        if isinstance(self.payer, Unset):
            payer = UNSET
        elif isinstance(self.payer, ClaimPayer):
            payer = self.payer.to_dict()
        else:
            payer = self.payer

        diagnoses: list[str] | None | Unset
        if isinstance(self.diagnoses, Unset):
            diagnoses = UNSET
        elif isinstance(self.diagnoses, list):
            diagnoses = self.diagnoses


        else:
            diagnoses = self.diagnoses

        dx_system: None | str | Unset
        if isinstance(self.dx_system, Unset):
            dx_system = UNSET
        elif isinstance(self.dx_system, str):
            dx_system = self.dx_system
        else:
            dx_system = self.dx_system

        prior_auth: None | str | Unset
        if isinstance(self.prior_auth, Unset):
            prior_auth = UNSET
        else:
            prior_auth = self.prior_auth

        earlier_payers: list[dict[str, Any]] | None | Unset
        if isinstance(self.earlier_payers, Unset):
            earlier_payers = UNSET
        elif isinstance(self.earlier_payers, list):
            earlier_payers = []
            for earlier_payers_type_0_item_data in self.earlier_payers:
                earlier_payers_type_0_item = earlier_payers_type_0_item_data.to_dict()
                earlier_payers.append(earlier_payers_type_0_item)


        else:
            earlier_payers = self.earlier_payers

        referral: None | str | Unset
        if isinstance(self.referral, Unset):
            referral = UNSET
        else:
            referral = self.referral

        attachment: None | str | Unset
        if isinstance(self.attachment, Unset):
            attachment = UNSET
        else:
            attachment = self.attachment

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        onset: None | str | Unset
        if isinstance(self.onset, Unset):
            onset = UNSET
        elif isinstance(self.onset, datetime.date):
            onset = self.onset.isoformat()
        else:
            onset = self.onset

        initial_treatment: None | str | Unset
        if isinstance(self.initial_treatment, Unset):
            initial_treatment = UNSET
        elif isinstance(self.initial_treatment, datetime.date):
            initial_treatment = self.initial_treatment.isoformat()
        else:
            initial_treatment = self.initial_treatment

        accident: None | str | Unset
        if isinstance(self.accident, Unset):
            accident = UNSET
        elif isinstance(self.accident, datetime.date):
            accident = self.accident.isoformat()
        else:
            accident = self.accident

        last_seen: None | str | Unset
        if isinstance(self.last_seen, Unset):
            last_seen = UNSET
        elif isinstance(self.last_seen, datetime.date):
            last_seen = self.last_seen.isoformat()
        else:
            last_seen = self.last_seen

        received: None | str | Unset
        if isinstance(self.received, Unset):
            received = UNSET
        elif isinstance(self.received, datetime.date):
            received = self.received.isoformat()
        else:
            received = self.received

        whole_day: bool | None | Unset
        if isinstance(self.whole_day, Unset):
            whole_day = UNSET
        else:
            whole_day = self.whole_day

        facts: dict[str, Any] | None | Unset
        if isinstance(self.facts, Unset):
            facts = UNSET
        elif isinstance(self.facts, ClaimFactsType0):
            facts = self.facts.to_dict()
        else:
            facts = self.facts


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "lines": lines,
        })
        if claim is not UNSET:
            field_dict["claim"] = claim
        if form is not UNSET:
            field_dict["form"] = form
        if frequency is not UNSET:
            field_dict["frequency"] = frequency
        if bill_type is not UNSET:
            field_dict["bill_type"] = bill_type
        if original_claim is not UNSET:
            field_dict["original_claim"] = original_claim
        if patient is not UNSET:
            field_dict["patient"] = patient
        if provider is not UNSET:
            field_dict["provider"] = provider
        if payer is not UNSET:
            field_dict["payer"] = payer
        if diagnoses is not UNSET:
            field_dict["diagnoses"] = diagnoses
        if dx_system is not UNSET:
            field_dict["dx_system"] = dx_system
        if prior_auth is not UNSET:
            field_dict["prior_auth"] = prior_auth
        if earlier_payers is not UNSET:
            field_dict["earlier_payers"] = earlier_payers
        if referral is not UNSET:
            field_dict["referral"] = referral
        if attachment is not UNSET:
            field_dict["attachment"] = attachment
        if note is not UNSET:
            field_dict["note"] = note
        if onset is not UNSET:
            field_dict["onset"] = onset
        if initial_treatment is not UNSET:
            field_dict["initial_treatment"] = initial_treatment
        if accident is not UNSET:
            field_dict["accident"] = accident
        if last_seen is not UNSET:
            field_dict["last_seen"] = last_seen
        if received is not UNSET:
            field_dict["received"] = received
        if whole_day is not UNSET:
            field_dict["whole_day"] = whole_day
        if facts is not UNSET:
            field_dict["facts"] = facts

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.claim_earlier_payer import ClaimEarlierPayer # noqa: PLC0415
        from ..models.claim_facts_type_0 import ClaimFactsType0 # noqa: PLC0415
        from ..models.claim_line import ClaimLine # noqa: PLC0415
        from ..models.claim_patient import ClaimPatient # noqa: PLC0415
        from ..models.claim_payer import ClaimPayer # noqa: PLC0415
        from ..models.claim_provider import ClaimProvider # noqa: PLC0415
        d = dict(src_dict)
        lines = []
        _lines = d.pop("lines")
        for lines_item_data in (_lines):
            lines_item = ClaimLine.from_dict(lines_item_data)



            lines.append(lines_item)


        def _parse_claim(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        claim = _parse_claim(d.pop("claim", UNSET))


        def _parse_form(data: object) -> ClaimFormType0 | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                form_type_0 = check_claim_form_type_0(data)



                return form_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ClaimFormType0 | None | Unset, data)

        form = _parse_form(d.pop("form", UNSET))


        def _parse_frequency(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        frequency = _parse_frequency(d.pop("frequency", UNSET))


        def _parse_bill_type(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        bill_type = _parse_bill_type(d.pop("bill_type", UNSET))


        def _parse_original_claim(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        original_claim = _parse_original_claim(d.pop("original_claim", UNSET))


        def _parse_patient(data: object) -> ClaimPatient | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                patient_type_0 = ClaimPatient.from_dict(data)



                return patient_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ClaimPatient | None | Unset, data)

        patient = _parse_patient(d.pop("patient", UNSET))


        def _parse_provider(data: object) -> ClaimProvider | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                provider_type_0 = ClaimProvider.from_dict(data)



                return provider_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ClaimProvider | None | Unset, data)

        provider = _parse_provider(d.pop("provider", UNSET))


        def _parse_payer(data: object) -> ClaimPayer | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                payer_type_0 = ClaimPayer.from_dict(data)



                return payer_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ClaimPayer | None | Unset, data)

        payer = _parse_payer(d.pop("payer", UNSET))


        def _parse_diagnoses(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                diagnoses_type_0 = cast(list[str], data)

                return diagnoses_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        diagnoses = _parse_diagnoses(d.pop("diagnoses", UNSET))


        def _parse_dx_system(data: object) -> ClaimDxSystemType0 | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                dx_system_type_0 = check_claim_dx_system_type_0(data)



                return dx_system_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ClaimDxSystemType0 | None | Unset, data)

        dx_system = _parse_dx_system(d.pop("dx_system", UNSET))


        def _parse_prior_auth(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        prior_auth = _parse_prior_auth(d.pop("prior_auth", UNSET))


        def _parse_earlier_payers(data: object) -> list[ClaimEarlierPayer] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                earlier_payers_type_0 = []
                _earlier_payers_type_0 = data
                for earlier_payers_type_0_item_data in (_earlier_payers_type_0):
                    earlier_payers_type_0_item = ClaimEarlierPayer.from_dict(earlier_payers_type_0_item_data)



                    earlier_payers_type_0.append(earlier_payers_type_0_item)

                return earlier_payers_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[ClaimEarlierPayer] | None | Unset, data)

        earlier_payers = _parse_earlier_payers(d.pop("earlier_payers", UNSET))


        def _parse_referral(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        referral = _parse_referral(d.pop("referral", UNSET))


        def _parse_attachment(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        attachment = _parse_attachment(d.pop("attachment", UNSET))


        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))


        def _parse_onset(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                onset_type_0 = datetime.date.fromisoformat(data)



                return onset_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        onset = _parse_onset(d.pop("onset", UNSET))


        def _parse_initial_treatment(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                initial_treatment_type_0 = datetime.date.fromisoformat(data)



                return initial_treatment_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        initial_treatment = _parse_initial_treatment(d.pop("initial_treatment", UNSET))


        def _parse_accident(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                accident_type_0 = datetime.date.fromisoformat(data)



                return accident_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        accident = _parse_accident(d.pop("accident", UNSET))


        def _parse_last_seen(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                last_seen_type_0 = datetime.date.fromisoformat(data)



                return last_seen_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        last_seen = _parse_last_seen(d.pop("last_seen", UNSET))


        def _parse_received(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                received_type_0 = datetime.date.fromisoformat(data)



                return received_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        received = _parse_received(d.pop("received", UNSET))


        def _parse_whole_day(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        whole_day = _parse_whole_day(d.pop("whole_day", UNSET))


        def _parse_facts(data: object) -> ClaimFactsType0 | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                facts_type_0 = ClaimFactsType0.from_dict(data)



                return facts_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ClaimFactsType0 | None | Unset, data)

        facts = _parse_facts(d.pop("facts", UNSET))


        claim = cls(
            lines=lines,
            claim=claim,
            form=form,
            frequency=frequency,
            bill_type=bill_type,
            original_claim=original_claim,
            patient=patient,
            provider=provider,
            payer=payer,
            diagnoses=diagnoses,
            dx_system=dx_system,
            prior_auth=prior_auth,
            earlier_payers=earlier_payers,
            referral=referral,
            attachment=attachment,
            note=note,
            onset=onset,
            initial_treatment=initial_treatment,
            accident=accident,
            last_seen=last_seen,
            received=received,
            whole_day=whole_day,
            facts=facts,
        )

        return claim

