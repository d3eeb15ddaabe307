from django import forms

from .models import Order


class CheckoutForm(forms.ModelForm):
    card_number = forms.CharField(min_length=12, max_length=23, help_text="A demonstration: any digits will do.")

    class Meta:
        model = Order
        fields = ["email", "address"]
        widgets = {"address": forms.Textarea(attrs={"rows": 3})}
